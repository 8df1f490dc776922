using System.IO.Compression;

namespace Coordination.Storage.Exports;

/// <summary>The ZIP of an export, opened with care: nothing of it is written to a disk, no name of it is followed, and what claims to be too long is not unpacked.</summary>
internal sealed class ExportArchive : IDisposable
{
    private static readonly string[] s_names = [ExportWriter.Lines, ExportCsv.Name, ExportWriter.Summary, ExportManifest.Name];
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries;

    private ExportArchive(ZipArchive zip, Dictionary<string, ZipArchiveEntry> entries) => (_zip, _entries) = (zip, entries);

    /// <summary>The names of its files.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Opens it.</summary>
    /// <exception cref="ExportUnreadableException">It is no ZIP, cut short, or has what no export has.</exception>
    public static ExportArchive Open(Stream file)
    {
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
            foreach (var entry in zip.Entries)
            {
                Check(entry);
                if (!entries.TryAdd(entry.FullName, entry))
                {
                    throw new ExportUnreadableException($"The file {entry.FullName} is in it twice, so it is not known which one is meant.");
                }
            }

            return !entries.ContainsKey(ExportManifest.Name)
                ? throw new ExportUnreadableException($"It has no {ExportManifest.Name}: it is no export, or the export was cut short. Make it again.")
                : !entries.ContainsKey(ExportWriter.Lines)
                    ? throw new ExportUnreadableException($"It has no {ExportWriter.Lines}: it is no export, or that file was taken out of it.")
                    : new ExportArchive(zip, entries);
        }
        catch (InvalidDataException broken)
        {
            throw new ExportUnreadableException("It cannot be read as a ZIP: it is another kind of file, or it was cut short while it was loaded. Load it again.", broken);
        }
        catch (ExportUnreadableException)
        {
            zip?.Dispose();
            throw;
        }
    }

    /// <summary>Opens one of its files.</summary>
    public MeasuredStream Read(string name) => new(_entries[name].Open(), _entries[name].Length);

    /// <summary>The length that a file of it claims.</summary>
    public long LengthOf(string name) => _entries[name].Length;

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private static void Check(ZipArchiveEntry entry)
    {
        if (!s_names.Contains(entry.FullName, StringComparer.Ordinal))
        {
            var name = string.Concat(entry.FullName.Take(60).Select(c => char.IsControl(c) ? '?' : c));
            throw new ExportUnreadableException($"It holds '{name}', which no export has. Nothing of it was unpacked.");
        }

        if (entry.IsEncrypted)
        {
            throw new ExportUnreadableException($"The file {entry.FullName} is encrypted: an export never is.");
        }

        if (entry.Length > ExportLimits.FileBytes || (entry.Length > ExportLimits.SmallBytes && entry.Length / ExportLimits.Ratio > entry.CompressedLength))
        {
            throw new ExportUnreadableException(FormattableString.Invariant(
                $"The file {entry.FullName} would unpack from {entry.CompressedLength:#,0} to {entry.Length:#,0} bytes, which no export does. It was not unpacked."));
        }
    }
}
