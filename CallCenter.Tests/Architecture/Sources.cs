using CallCenter.Demo.Processes;

namespace CallCenter.Tests.Architecture;

/// <summary>The sources as text, for rules that reflection cannot see.</summary>
internal static class Sources
{
    public static string Root { get; } = RepositoryRoot.Find();

    /// <summary>C# and Razor files of the shipped projects, with paths from the root and forward slashes.</summary>
    public static IEnumerable<(string Path, string Text)> Shipped() => Files(
        ["CallCenter.Core", "CallCenter.Infrastructure", "CallCenter.Web", "CallCenter.Demo", "CallCenter.Simulators"], [".cs", ".razor"]);

    public static IEnumerable<(string Path, string Text)> Files(IEnumerable<string> folders, IReadOnlyList<string> extensions) =>
        from folder in folders
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
        where extensions.Contains(Path.GetExtension(file))
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "Migrations")
        select (path, File.ReadAllText(file));
}
