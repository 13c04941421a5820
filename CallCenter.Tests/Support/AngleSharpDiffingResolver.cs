using System.Reflection;
using System.Runtime.CompilerServices;

namespace CallCenter.Tests.Support;

/// <summary>See build/BunitFeedGap.targets: bUnit asks for a version of AngleSharp.Diffing that the feed lacks.</summary>
internal static class AngleSharpDiffingResolver
{
    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "Must run before bUnit loads.")]
    internal static void Register() => AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
        new AssemblyName(request.Name).Name == "AngleSharp.Diffing"
            ? Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll"))
            : null;
}
