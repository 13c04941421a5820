namespace CallCenter.Demo.Processes;

/// <summary>The clone this build belongs to.</summary>
public static class RepositoryRoot
{
    /// <summary>The nearest directory at or above the running program that holds the solution; the current directory if none does.</summary>
    public static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "CallCenter.sln")))
            {
                return directory.FullName;
            }
        }

        return Directory.GetCurrentDirectory();
    }
}
