// Entry of the script that every page loads.
