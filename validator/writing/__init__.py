"""What is put on a disk: whole or not at all, by one run at a time, and never in the place of something that is not ours."""
