using System.Security.Cryptography;
using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Storage;

namespace Coordination.Grains.Accounts;

/// <summary>What a wish says, as a hash: the same operation id with another hash is another wish.</summary>
internal static class OperationFingerprint
{
    /// <summary>Hashes what the person asked for, and of which account; <paramref name="body"/> replaces the command where the grain added to it.</summary>
    public static byte[] Of(AccountKey account, AccountCommand command, object? body) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { account, name = command.GetType().Name, body = body ?? command }, Options));

    private static readonly JsonSerializerOptions Options = new(StorageJson.Options) { IncludeFields = true };
}
