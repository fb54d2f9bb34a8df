"""Reading: from the files of an extract to one table, with every record of the files accounted for."""
