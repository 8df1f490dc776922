using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coordination.Testing;
using Xunit;

namespace Coordination.Architecture.Tests;

/// <summary>No package that the product is made of has a known vulnerability, as far as the package sources tell. Where they tell nothing, that is said: silence is no proof.</summary>
public sealed class DependencyAuditTests
{
    // Vulnerable for good (GHSA-5crp-9r3c-p9vr): a source that does not say so says nothing about ours either.
    private const string Control = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
          <ItemGroup><PackageReference Include="Newtonsoft.Json" Version="12.0.1" /></ItemGroup>
        </Project>
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string[] Arguments = ["package", "--vulnerable", "--include-transitive", "--format", "json"];

    [Fact]
    public async Task Packages_HaveNoKnownVulnerability()
    {
        using var folder = new TemporaryFolder("audit");
        var control = Path.Combine(folder.Path, "control.csproj");
        await File.WriteAllTextAsync(control, Control);
        var restored = await RunAsync("dotnet", folder.Path, "restore", control, "--nologo");
        if (restored is not (0, _) || await RunAsync("dotnet", folder.Path, ["list", control, .. Arguments]) is not (0, var known) || Vulnerable(known).Count == 0)
        {
            Assert.Skip("The package source tells of no vulnerability, not even of one that is known: nothing can be concluded about ours.");
        }

        var (code, found) = await RunAsync("dotnet", Repository.Root, ["list", Path.Combine(Repository.Root, "WmfsSmCoordinator.sln"), .. Arguments]);
        Assert.Equal(0, code);
        Assert.Empty(Vulnerable(found));
    }

    [Fact]
    public async Task NodePackagesOfTests_HaveNoKnownVulnerability()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Browser.Tests", "OpenId", "provider");
        var (code, found) = await RunAsync("npm", folder, "audit", "--json", "--package-lock-only");
        if (Read(found)?["auditReportVersion"] is null)
        {
            Assert.Skip($"The npm registry tells of no vulnerabilities here (npm audit ended with {code}).");
        }

        Assert.Equal(0, Read(found)!["metadata"]!["vulnerabilities"]!["total"]!.GetValue<int>());
    }

    [Fact]
    public void AVulnerability_IsFoundInWhatTheToolSays()
    {
        const string said = """
            { "version": 1, "projects": [ { "path": "a.csproj" }, { "path": "b.csproj", "frameworks": [ { "framework": "net10.0", "transitivePackages": [
              { "id": "Newtonsoft.Json", "resolvedVersion": "12.0.1", "vulnerabilities": [ { "severity": "High", "advisoryurl": "https://github.com/advisories/GHSA-5crp-9r3c-p9vr" } ] },
              { "id": "Other", "resolvedVersion": "1.0.0" } ] } ] } ] }
            """;
        Assert.Equal(["Newtonsoft.Json 12.0.1"], Vulnerable(said));
        Assert.Empty(Vulnerable("""{ "version": 1, "projects": [ { "path": "a.csproj" } ] }"""));
    }

    private static List<string> Vulnerable(string json) => [.. (Read(json)?["projects"]?.AsArray() ?? [])
        .SelectMany(p => p!["frameworks"]?.AsArray() ?? [])
        .SelectMany(f => (f!["topLevelPackages"]?.AsArray() ?? []).Concat(f["transitivePackages"]?.AsArray() ?? []))
        .Where(p => p!["vulnerabilities"] is JsonArray { Count: > 0 })
        .Select(p => $"{p!["id"]} {p["resolvedVersion"]}")
        .Distinct(StringComparer.Ordinal)];

    private static JsonNode? Read(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // What is not installed, or does not answer in time, tells nothing.
    private static async Task<(int Code, string Output)> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return (-1, "");
        }

        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
            await error;
            return (process.ExitCode, await output);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, "");
        }
    }
}
