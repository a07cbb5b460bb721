"""R's convention beside SPSS 24's."""
