using System.Reflection;
using CallCenter.Core.Primitives;
using CallCenter.Infrastructure;

namespace CallCenter.Tests.Architecture;

public sealed class DependencyTests
{
    // FluentValidation: the rules of a form are the same for its page and its service, so they live in Core.
    private static readonly string[] CoreMayUse = ["System.", "Microsoft.Extensions.", "FluentValidation"];

    [Fact]
    public void Core_References_AreTheBaseLibraryAndAbstractions()
    {
        var others = typeof(Error).Assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !CoreMayUse.Any(allowed => name.StartsWith(allowed, StringComparison.Ordinal)));

        Assert.Empty(others);
    }

    [Fact]
    public void Core_ExtensionReferences_AreAbstractionsOnly()
    {
        var concrete = typeof(Error).Assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) && !name.EndsWith(".Abstractions", StringComparison.Ordinal));

        Assert.Empty(concrete);
    }

    [Fact]
    public void Infrastructure_ExportedTypes_AreRegistrationsOnly()
    {
        var others = typeof(InfrastructureServiceCollectionExtensions).Assembly.GetExportedTypes()
            .Where(type => !(type.IsAbstract && type.IsSealed && type.Name.EndsWith("ServiceCollectionExtensions", StringComparison.Ordinal)))
            .Select(type => type.FullName);

        Assert.Empty(others);
    }

    [Theory]
    [InlineData("CallCenter.Core")]
    [InlineData("CallCenter.Infrastructure")]
    [InlineData("CallCenter.Web")]
    public void Types_Namespace_EqualsAFolderOfTheProject(string project)
    {
        var root = Path.Combine(Sources.Root, project);
        var wrong = Assembly.Load(project).GetTypes()
            .Where(type => type.Namespace is { } space && (space == project || space.StartsWith(project + ".", StringComparison.Ordinal)))
            .Select(type => type.Namespace!)
            .Distinct()
            .Where(space => !Directory.Exists(Path.Combine(root, space[project.Length..].TrimStart('.').Replace('.', Path.DirectorySeparatorChar))));

        Assert.Empty(wrong);
    }
}
