using System.Text.Json;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox;

/// <summary>Registers the accounts of a file; a start with a fault in it stops, each fault named.</summary>
internal static class RegistrationFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void Load(string? path, SandboxNetwork network)
    {
        if (path is null)
        {
            return;
        }

        List<Registration?> registrations;
        try
        {
            using var file = File.OpenRead(path);
            registrations = JsonSerializer.Deserialize<List<Registration?>>(file, Json) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new SandboxStartException($"The accounts in {path} cannot be read: {e.Message}");
        }

        var faults = new List<string>();
        var durable = new List<Task>();
        foreach (var registration in registrations)
        {
            var (_, fault, done) = network.Register(registration ?? new Registration(null, null));
            durable.Add(done);
            if (fault is not null)
            {
                faults.Add(fault);
            }
        }

        if (faults.Count > 0)
        {
            throw new SandboxStartException($"{path}: {string.Join(" ", faults)}");
        }

        Task.WaitAll(durable);
    }
}
