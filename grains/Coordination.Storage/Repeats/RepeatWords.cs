using System.Text.Json;

namespace Coordination.Storage.Repeats;

/// <summary>The states of repeats as the database and clients have them: the names that the enumerations give.</summary>
public static class RepeatWords
{
    /// <summary>The word of a state.</summary>
    public static string Of<T>(T state)
        where T : struct, Enum => JsonSerializer.SerializeToElement(state, StorageJson.Options).GetString()!;

    /// <summary>The state of a word.</summary>
    /// <exception cref="JsonException">There is no such state.</exception>
    public static T Read<T>(string word)
        where T : struct, Enum => JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(word), StorageJson.Options);
}
