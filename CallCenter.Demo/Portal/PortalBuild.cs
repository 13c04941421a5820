using CallCenter.Demo.Processes;

namespace CallCenter.Demo.Portal;

/// <summary>Finds the portal that was built together with this program.</summary>
public static class PortalBuild
{
    /// <summary>The dotnet that runs us, so that the portal gets the same one.</summary>
    public static string DotnetHost { get; } =
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
        ?? (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet");

    /// <exception cref="PortalException">It was not built.</exception>
    public static string Assembly()
    {
        // …/CallCenter.Demo/bin/Debug/net10.0/ has its neighbour in …/CallCenter.Web/bin/Debug/net10.0/.
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var assembly = Path.Combine(RepositoryRoot.Find(), "CallCenter.Web", "bin", framework.Parent!.Name, framework.Name, "CallCenter.Web.dll");
        return File.Exists(assembly) ? assembly : throw new PortalException($"The portal is not built: {assembly} is missing. Run dotnet build.");
    }
}
