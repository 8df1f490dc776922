using System.Security.Cryptography;
using System.Text.Json;

namespace Coordination.Storage.Exports;

/// <summary>Checks an export by itself: no database, no settings, nothing but the file.</summary>
/// <remarks>
/// It shows that the file is whole and fits together. That it is the export which was made shows the journal: its entry <c>export-finished</c> has the
/// manifest's hash.
/// </remarks>
public static class ExportVerifier
{
    /// <summary>Checks it.</summary>
    /// <param name="file">The ZIP; it has to be one that can be sought in.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ExportUnreadableException">It is no export, or cannot be read to its end.</exception>
    public static async Task<ExportVerdict> VerifyAsync(Stream file, CancellationToken cancellationToken)
    {
        using var archive = ExportArchive.Open(file);
        try
        {
            var faults = new ExportFaults();
            var (manifest, hash) = await ReadManifestAsync(archive, faults, cancellationToken);
            CheckNames(archive, manifest, faults);
            var entries = await CheckEntriesAsync(archive, manifest, faults, cancellationToken);
            if (archive.Names.Contains(ExportWriter.Summary, StringComparer.Ordinal))
            {
                await using var summary = archive.Read(ExportWriter.Summary);
                await CheckFileAsync(summary, ExportWriter.Summary, manifest, faults, cancellationToken);
            }

            return new ExportVerdict(manifest, hash, entries, faults.Found, faults.First);
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException)
        {
            throw new ExportUnreadableException("A file in it cannot be unpacked to its end: the ZIP was damaged. Load it again.", broken);
        }
    }

    private static async Task<(ExportManifest Manifest, string Hash)> ReadManifestAsync(ExportArchive archive, ExportFaults faults, CancellationToken cancellationToken)
    {
        if (archive.LengthOf(ExportManifest.Name) > ExportLimits.ManifestBytes)
        {
            throw new ExportUnreadableException($"Its {ExportManifest.Name} is longer than any. It was not read.");
        }

        await using var stream = archive.Read(ExportManifest.Name);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        var whole = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        try
        {
            var manifest = ExportManifest.Read(whole.Span, out var sealFits);
            if (manifest.Format != ExportManifest.Version)
            {
                throw new ExportUnreadableException($"It is of the form {manifest.Format}, and this program reads {ExportManifest.Version}. Check it with the program of its version.");
            }

            if (!sealFits)
            {
                faults.Add($"{ExportManifest.Name} was changed after it was sealed.");
            }

            return (manifest, Convert.ToHexStringLower(SHA256.HashData(whole.Span)));
        }
        catch (JsonException broken)
        {
            throw new ExportUnreadableException($"Its {ExportManifest.Name} is no manifest of an export.", broken);
        }
    }

    private static void CheckNames(ExportArchive archive, ExportManifest manifest, ExportFaults faults)
    {
        var listed = manifest.Files.Select(f => f.Name).ToList();
        foreach (var name in archive.Names.Where(n => !string.Equals(n, ExportManifest.Name, StringComparison.Ordinal)).Except(listed, StringComparer.Ordinal))
        {
            faults.Add($"{name} is in the ZIP, and the manifest does not list it.");
        }

        foreach (var name in listed.Except(archive.Names, StringComparer.Ordinal))
        {
            faults.Add($"{name} is listed in the manifest, and not in the ZIP.");
        }

        if (listed.Distinct(StringComparer.Ordinal).Count() != listed.Count)
        {
            faults.Add($"{ExportManifest.Name} lists a file twice.");
        }
    }

    private static async Task<long> CheckEntriesAsync(ExportArchive archive, ExportManifest manifest, ExportFaults faults, CancellationToken cancellationToken)
    {
        var whole = ExportKinds.TryParse(manifest.Asked.Kind, out var kind)
            && new ExportQuestion(kind, manifest.Asked.Key, manifest.Asked.From, manifest.Asked.To).HasWholeStreams;
        var walk = new ExportWalk(manifest, whole, faults);
        await using var lines = archive.Read(ExportWriter.Lines);
        await using var rows = archive.Names.Contains(ExportCsv.Name, StringComparer.Ordinal) ? archive.Read(ExportCsv.Name) : null;
        await using var csv = rows is null ? null : new ExportCsvWalk(rows, faults);
        using var reader = new LineReader(lines, ExportWriter.Lines);
        while (await reader.NextAsync(cancellationToken) is { } text)
        {
            ExportLine? line = null;
            try
            {
                line = ExportLine.Read(text.Span);
                walk.Take(line, reader.Number);
            }
            catch (JsonException)
            {
                faults.Add($"{ExportWriter.Lines} line {reader.Number}: it is no entry of a journal.");
            }

            if (csv is not null)
            {
                await csv.TakeAsync(line, reader.Number, cancellationToken);
            }
        }

        walk.End();
        if (csv is not null)
        {
            await csv.EndAsync(cancellationToken);
            await CheckFileAsync(rows!, ExportCsv.Name, manifest, faults, cancellationToken);
        }

        await CheckFileAsync(lines, ExportWriter.Lines, manifest, faults, cancellationToken);
        return walk.Entries;
    }

    // Whatever was not read yet is read here, so that the hash is the whole file's.
    private static async Task CheckFileAsync(MeasuredStream stream, string name, ExportManifest manifest, ExportFaults faults, CancellationToken cancellationToken)
    {
        await stream.CopyToAsync(Stream.Null, cancellationToken);
        if (manifest.Files.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.Ordinal)) is not { } listed)
        {
            return;
        }

        if (stream.Bytes != listed.Bytes)
        {
            faults.Add($"{name} is {stream.Bytes} bytes long, the manifest says {listed.Bytes}.");
        }

        if (!string.Equals(stream.Sha256, listed.Sha256, StringComparison.Ordinal))
        {
            faults.Add($"{name} is not the file that the manifest was made of: its SHA-256 is {stream.Sha256}, the manifest says {listed.Sha256}.");
        }
    }
}
