@echo off
rem The command line in the same executable as the console; cmd waits for it and takes its exit status.
"%~dp0SMTP Relay Manager.exe" --cli %*
