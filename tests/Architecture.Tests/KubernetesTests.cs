using System.ComponentModel;
using System.Diagnostics;
using Coordination.Testing;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Coordination.Architecture.Tests;

/// <summary>What <c>kubectl kustomize k8s/base</c> makes, looked at object by object.</summary>
public sealed class KubernetesTests
{
    private static readonly string[] Hosts = ["silo", "dashboard"];

    [Fact]
    public async Task Base_HoldsWhatTheServiceConsistsOf()
    {
        var objects = await BuildAsync();

        Assert.Equal(
            [
                "ConfigMap coordination", "Deployment dashboard", "Deployment silo", "Job migration", "Namespace wmfs-coordination",
                "NetworkPolicy dashboard", "NetworkPolicy database", "NetworkPolicy default-deny", "NetworkPolicy names", "NetworkPolicy silo",
                "PodDisruptionBudget dashboard", "PodDisruptionBudget silo", "Service dashboard", "Service silo",
            ],
            objects.Select(x => $"{Text(x, "kind")} {Text(x, "metadata", "name")}")
                .Select(x => x.StartsWith("ConfigMap coordination", StringComparison.Ordinal) ? "ConfigMap coordination" : x)
                .Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Silo_RunsThreeTimes_AndLearnsItsAddressFromTheCluster()
    {
        var silo = Find(await BuildAsync(), "Deployment", "silo");
        var container = Containers(silo).Single();

        Assert.Equal("3", Text(silo, "spec", "replicas"));
        Assert.Equal("status.podIP", Text(Variable(container, "POD_IP"), "valueFrom", "fieldRef", "fieldPath"));
        Assert.Equal("metadata.name", Text(Variable(container, "POD_NAME"), "valueFrom", "fieldRef", "fieldPath"));
        Assert.Equal("$(POD_IP)", Text(Variable(container, "Silo__Address"), "value"));
    }

    [Fact]
    public async Task Hosts_AreAskedForTheirHealth_AndOneMayBeAwayAtATime()
    {
        var objects = await BuildAsync();
        foreach (var name in Hosts)
        {
            var container = Containers(Find(objects, "Deployment", name)).Single();

            Assert.Equal("/health/live", Text(container, "startupProbe", "httpGet", "path"));
            Assert.Equal("/health/live", Text(container, "livenessProbe", "httpGet", "path"));
            Assert.Equal("/health/ready", Text(container, "readinessProbe", "httpGet", "path"));
            Assert.Equal("1", Text(Find(objects, "PodDisruptionBudget", name), "spec", "maxUnavailable"));
        }
    }

    [Fact]
    public async Task EveryPod_HasNoRights_ItDoesNotNeed()
    {
        var workloads = (await BuildAsync()).Where(x => At(x, "spec", "template") is not null).ToList();
        Assert.Equal(3, workloads.Count);
        foreach (var workload in workloads)
        {
            var pod = At(workload, "spec", "template", "spec")!;
            Assert.Equal("false", Text(pod, "automountServiceAccountToken"));
            Assert.Equal("true", Text(pod, "securityContext", "runAsNonRoot"));
            Assert.Equal("RuntimeDefault", Text(pod, "securityContext", "seccompProfile", "type"));
            Assert.All(["hostNetwork", "hostPID", "hostIPC"], x => Assert.Null(At(pod, x)));
            Assert.All(Items(At(pod, "volumes")), x => Assert.NotNull(At(x, "emptyDir")));
            foreach (var container in Containers(workload))
            {
                Assert.Equal("false", Text(container, "securityContext", "allowPrivilegeEscalation"));
                Assert.Equal("true", Text(container, "securityContext", "readOnlyRootFilesystem"));
                Assert.Equal("ALL", Text(Items(At(container, "securityContext", "capabilities", "drop")).Single()));
                Assert.Null(At(container, "securityContext", "privileged"));
                Assert.Null(At(container, "securityContext", "capabilities", "add"));
            }
        }
    }

    [Fact]
    public async Task EveryContainer_AsksForWhatItUses_AndIsBoundedInMemory()
    {
        foreach (var container in (await BuildAsync()).SelectMany(Containers))
        {
            Assert.NotEmpty(Text(container, "resources", "requests", "cpu"));
            Assert.NotEmpty(Text(container, "resources", "requests", "memory"));
            Assert.NotEmpty(Text(container, "resources", "limits", "memory"));
        }
    }

    [Fact]
    public async Task Migration_IsTheSilosProgram_ToldToMigrate()
    {
        var container = Containers(Find(await BuildAsync(), "Job", "migration")).Single();

        Assert.Equal(["/app/Coordination.Silo", "--migrate"], Items(At(container, "command")).Select(x => Text(x)), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Secrets_AreNamed_AndNeverWritten()
    {
        var objects = await BuildAsync();

        Assert.DoesNotContain(objects, x => Text(x, "kind") is "Secret");
        Assert.All(objects.SelectMany(Containers), x =>
        {
            var connection = Variable(x, "Storage__ConnectionString");
            Assert.Null(At(connection, "value"));
            Assert.Equal("coordination-database", Text(connection, "valueFrom", "secretKeyRef", "name"));
        });
        var settings = (YamlMappingNode)At(objects.Single(x => Text(x, "kind") is "ConfigMap"), "data")!;
        Assert.DoesNotContain(settings.Children.Keys, x =>
            Text(x).Contains("Password", StringComparison.OrdinalIgnoreCase) || Text(x).Contains("Connection", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Network_IsClosed_ButForWhatIsListed()
    {
        var objects = await BuildAsync();
        var deny = Find(objects, "NetworkPolicy", "default-deny");

        Assert.Empty(((YamlMappingNode)At(deny, "spec", "podSelector")!).Children);
        Assert.Equal(["Ingress", "Egress"], Items(At(deny, "spec", "policyTypes")).Select(x => Text(x)), StringComparer.Ordinal);
        Assert.Null(At(deny, "spec", "ingress"));
        Assert.Null(At(deny, "spec", "egress"));

        // Whoever holds the database's secret must also be let through to the database, and nobody else.
        var let = Text(Find(objects, "NetworkPolicy", "database"), "spec", "podSelector", "matchLabels", "coordination/database-client");
        Assert.All(objects.Where(x => At(x, "spec", "template") is not null), x =>
            Assert.Equal(let, Text(x, "spec", "template", "metadata", "labels", "coordination/database-client")));
    }

    private static async Task<List<YamlNode>> BuildAsync()
    {
        var start = new ProcessStartInfo("kubectl", ["kustomize", Repository.In("k8s", "base")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("kubectl is not installed, so the deployment can't be built here.");
            throw;
        }

        using (process)
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var error = process.StandardError.ReadToEndAsync(deadline.Token);
            var yaml = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            Assert.True(process.ExitCode == 0, await error);
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return [.. stream.Documents.Select(x => x.RootNode)];
        }
    }

    private static YamlNode Find(IEnumerable<YamlNode> objects, string kind, string name) =>
        objects.Single(x => Text(x, "kind").Equals(kind, StringComparison.Ordinal) && Text(x, "metadata", "name").Equals(name, StringComparison.Ordinal));

    private static YamlNode? At(YamlNode? node, params string[] path)
    {
        foreach (var name in path)
        {
            node = node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;
        }

        return node;
    }

    private static string Text(YamlNode? node, params string[] path) => (At(node, path) as YamlScalarNode)?.Value ?? "";

    private static IEnumerable<YamlNode> Items(YamlNode? node) => node is YamlSequenceNode list ? list.Children : [];

    private static IEnumerable<YamlNode> Containers(YamlNode workload) =>
        Items(At(workload, "spec", "template", "spec", "containers")).Concat(Items(At(workload, "spec", "template", "spec", "initContainers")));

    private static YamlNode Variable(YamlNode container, string name) =>
        Items(At(container, "env")).Single(x => Text(x, "name").Equals(name, StringComparison.Ordinal));
}
