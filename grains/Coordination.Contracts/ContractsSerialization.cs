using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Coordination.Contracts;

/// <summary>How the domain's values travel between silos and clients: as JSON, because the domain knows no Orleans.</summary>
public static class ContractsSerialization
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Registers it; silos and clients both must.</summary>
    public static IServiceCollection AddContractsSerialization(this IServiceCollection services) => services
        .AddSerializer(builder => builder.AddJsonSerializer(type => type.Namespace?.StartsWith("Coordination.Domain", StringComparison.Ordinal) is true, Options))

        // "The database does not answer" arrives as that. What cannot travel arrives as a fault of the program instead.
        .Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.UnionWith(["Npgsql", "Coordination"]));
}
