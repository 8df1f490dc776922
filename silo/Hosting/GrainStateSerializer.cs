using System.Text.Json;
using Coordination.Storage;
using Orleans.Storage;

namespace Coordination.Silo.Hosting;

/// <summary>Grain state as JSON. A golden file for each version holds its shape.</summary>
public sealed class GrainStateSerializer : IGrainStorageSerializer
{
    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, StorageJson.Options));

    /// <inheritdoc/>
    public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input, StorageJson.Options)
        ?? throw new JsonException("A stored grain state is null.");
}
