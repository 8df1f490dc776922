using System.Security.Cryptography;

namespace Coordination.Dashboard.Composition.Local;

/// <summary>Secrets of a local start: made once, kept in files that only their owner may read.</summary>
internal static class LocalSecrets
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A new secret of 256 bits, as hexadecimal.</summary>
    public static string New() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <summary>Reads a secret's file, making it when there is none.</summary>
    public static async Task<string> ReadOrMakeAsync(string path)
    {
        if (File.Exists(path) && (await File.ReadAllTextAsync(path)).Trim() is { Length: 64 } secret)
        {
            return secret;
        }

        var made = New();
        await WriteAsync(path, made);
        return made;
    }

    /// <summary>Writes a file that only its owner may read, whole or not at all.</summary>
    public static async Task WriteAsync(string path, string content)
    {
        var part = path + ".part";
        File.Delete(part);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerAlone;
        }

        await using (var file = new FileStream(part, options))
        await using (var writer = new StreamWriter(file))
        {
            await writer.WriteAsync(content);
        }

        File.Move(part, path, overwrite: true);
    }
}
