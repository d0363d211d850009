using System.Xml.Linq;
using Xunit;

namespace Lifeguard.Tidy.Tests;

/// <summary>Arrows between projects point one way, and every package has its reason.</summary>
public sealed class ProjectTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contract"] = [],
        ["Protocol"] = [],
        ["Domain"] = ["Contract", "Protocol"],
        ["Storage"] = ["Domain"],
        ["Operations"] = ["Contract", "Domain", "Storage"],
        ["Web"] = ["Operations"],
        ["Adapters"] = ["Domain"],
        ["Server"] = ["Web", "Adapters"],
    };

    private static IEnumerable<string> Projects => RepositoryFiles.EndingIn(".csproj");

    private static IEnumerable<string> Shipped =>
        Projects.Where(project => project.StartsWith("src/", StringComparison.Ordinal));

    [Fact]
    public void Shipped_projects_refer_only_to_those_that_the_architecture_names()
    {
        var offenders =
            from project in Shipped
            from reference in References(project)
            where !Allowed.GetValueOrDefault(NameOf(project), []).Contains(reference)
            select $"{project} refers to {reference}";

        offenders.ShouldBeNone("Move the code to its dependencies, or extend this matrix by an ADR:");
    }

    [Fact]
    public void Every_shipped_project_stands_in_the_matrix()
    {
        Shipped.Select(NameOf)
            .Except(Allowed.Keys)
            .ShouldBeNone("A new project needs a row in the matrix of this test and in ARCHITECTURE.md:");
    }

    [Fact]
    public void Only_the_server_sees_the_adapters()
    {
        Shipped.Where(project => NameOf(project) != "Server" && References(project).Contains("Adapters"))
            .ShouldBeNone("Take the effect's interface from Domain instead; Server hands the adapter over:");
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = RepositoryFiles.Text("Lifeguard.slnx");

        Projects.Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal))
            .ShouldBeNone("Add a <Project> line to Lifeguard.slnx, so that it is built with the rest:");
    }

    [Fact]
    public void Versions_of_packages_stand_in_one_file()
    {
        var offenders =
            from project in Projects
            from package in Elements(project, "PackageReference")
            where package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null
            select $"{project}: {package.Attribute("Include")?.Value}";

        offenders.ShouldBeNone("Put the version into Directory.Packages.props:");
    }

    [Fact]
    public void Every_package_has_its_reason_in_the_architecture()
    {
        var reasons = RepositoryFiles.TextOrNothing("ARCHITECTURE.md");

        Elements("Directory.Packages.props", "PackageVersion")
            .Select(package => package.Attribute("Include")!.Value)
            .Where(name => !reasons.Contains(name, StringComparison.Ordinal))
            .ShouldBeNone("Say in ARCHITECTURE.md, \"Dependencies\", why the project needs it:");
    }

    [Fact]
    public void Every_package_is_used()
    {
        var used = Projects.Append("Directory.Build.props")
            .SelectMany(file => Elements(file, "PackageReference"))
            .Select(package => package.Attribute("Include")?.Value)
            .ToHashSet();

        Elements("Directory.Packages.props", "PackageVersion")
            .Select(package => package.Attribute("Include")!.Value)
            .Where(name => !used.Contains(name))
            .ShouldBeNone("No project refers to it; take its line out of Directory.Packages.props:");
    }

    private static string NameOf(string project) => Path.GetFileNameWithoutExtension(project);

    private static IReadOnlyList<string> References(string project) =>
        [.. Elements(project, "ProjectReference")
            .Select(reference => NameOf(reference.Attribute("Include")!.Value.Replace('\\', '/')))];

    private static IEnumerable<XElement> Elements(string file, string name) =>
        XDocument.Parse(RepositoryFiles.Text(file)).Descendants(name);
}
