"""What words tell, for every comparison."""
