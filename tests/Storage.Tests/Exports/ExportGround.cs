using System.IO.Compression;
using System.Text;
using Coordination.Storage.Exports;
using Coordination.Storage.Tests.Fence;
using Xunit;

namespace Coordination.Storage.Tests.Exports;

/// <summary>Exports of a test's database, and what somebody might do to them.</summary>
internal static class ExportGround
{
    public static readonly ExportHead Head = new(new Guid("0198a0a0-0000-7000-8000-000000000001"), new ExportActor("ada-audit", "Ada Audit", "auditor"), "Inquiry 7");

    /// <summary>The ZIP of one.</summary>
    public static async Task<byte[]> ExportAsync(Ground ground, ExportQuestion question, bool csv = true)
    {
        await using var source = await new ExportSources(ground.Database).OpenAsync(question, CancellationToken.None);
        Assert.NotNull(source);
        using var zip = new MemoryStream();
        await new ExportWriter(source, Head, new ExportForms(csv, null)).WriteAsync(zip, CancellationToken.None);
        return zip.ToArray();
    }

    public static Task<ExportVerdict> VerifyAsync(byte[] zip) => ExportVerifier.VerifyAsync(new MemoryStream(zip), CancellationToken.None);

    /// <summary>Its files as texts, by name.</summary>
    public static Dictionary<string, string> Unpack(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(e => e.FullName, e => new StreamReader(e.Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: false).ReadToEnd(), StringComparer.Ordinal);
    }

    /// <summary>A ZIP of these files, in this order.</summary>
    public static byte[] Pack(params IEnumerable<KeyValuePair<string, string>> files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The same export with one file changed.</summary>
    public static byte[] Change(byte[] zip, string name, Func<string, string> change)
    {
        var files = Unpack(zip);
        var changed = change(files[name]);
        Assert.NotEqual(files[name], changed);
        files[name] = changed;
        return Pack(files);
    }
}
