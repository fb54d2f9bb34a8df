"""Personal numbers and contact details as people write them: one place that finds them and one that masks them."""
