"""Tables written in tags: the web page that a hospital system exports as .xls, and the XML of Excel 2003."""
