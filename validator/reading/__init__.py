"""Reading: from the files of an extract to one table, ``rows``, with every record of the files accounted for.

``extract.read_extract`` is the way in and has the order of the work. A CSV file passes through the other modules so:

1. ``delivery`` unpacks gzip and zip into plain files (``Delivered``); ``unchanged`` watches that none of them changes meanwhile.
2. ``csv_file`` opens each (``CsvFile``): ``encoding`` makes it UTF-8, ``quoting`` (with ``beginning``, ``grammar``, ``dialect``) finds delimiter, quotes and
   the line of the header, ``header`` reads the names (``Header``).
3. ``mapping`` says which header is which canonical column; ``names`` and ``layout`` give the columns of the table (``TableColumn``);
   ``mapping_errors`` says what to declare when a column cannot be found.
4. ``plan`` makes the plan of loading (``Plan``): ``sample`` takes the first rows, ``categories`` finds columns with few values, ``survey`` gathers the
   shapes of all times whose format nobody has described, ``shapes`` and ``formats`` make formats of them.
5. ``load`` has DuckDB read each file by that plan (``relation``: its rows as SQL; ``times``, ``numbers``, ``placeholders``: its values as SQL).
6. ``accounts`` counts the physical lines (``quotes``: those within quotes) and compares them with the rows. When they differ,
   ``records`` splits the file into a clean copy and ``rejected``, and steps 3 to 6 begin anew.
7. ``facts`` counts what stands in each column, ``set_apart`` takes persons for no teams, ``remarks`` says in words what a reader of an audit must know, ``written`` and ``kept`` answer later
   questions of rules about how times were written and what a kept column can be read as. The result is a ``Reading``.

``audited`` compares a ``Reading`` with the audit that the extract is said to belong to.
"""
