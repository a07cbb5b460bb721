"""The files of a bundle, and the template."""
