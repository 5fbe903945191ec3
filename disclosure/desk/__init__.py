"""The clerk's desk: views inside the admin site."""
