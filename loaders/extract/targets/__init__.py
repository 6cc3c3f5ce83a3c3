"""What a task commits to, in numbers and days."""
