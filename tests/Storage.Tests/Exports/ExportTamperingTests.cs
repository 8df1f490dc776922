using System.Security.Cryptography;
using System.Text;
using Coordination.Storage.Exports;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;
using static Coordination.Storage.Tests.Exports.ExportGround;

namespace Coordination.Storage.Tests.Exports;

/// <summary>An export that somebody changed, or that is none: it is named, and where.</summary>
public sealed class ExportTamperingTests(FastPostgresFixture server)
{
    private const string Lines = "entries.jsonl", Csv = "entries.csv", Manifest = "manifest.json";

    /// <summary>What is done, to which file, and what has to be said.</summary>
    public static TheoryData<string, string, string> Tamperings => new()
    {
        { "one byte of a payload", Lines, "entries.jsonl line 2 (account/x/aston entry 2): Entry 2: its content is not what was hashed." },
        { "a reason", Lines, "entries.jsonl line 2 (account/x/aston entry 2): Entry 2: its content is not what was hashed." },
        { "an actor", Lines, "entries.jsonl line 2 (account/x/aston entry 2): Entry 2: it, or the entry before it, was changed." },
        { "a time", Lines, "entries.jsonl line 2 (account/x/aston entry 2): Entry 2: it, or the entry before it, was changed." },
        { "two entries swapped", Lines, "entries.jsonl line 3 (account/x/aston entry 2): it comes after entry 3; entries were swapped or doubled." },
        { "one entry dropped", Lines, "entries.jsonl line 2 (account/x/aston entry 3): entry 2 is missing before it." },
        { "the first entry dropped", Lines, "entries.jsonl line 1 (account/x/aston entry 2): the stream begins with entry 2; entry 1 is missing." },
        { "the last entry dropped", Lines, "the manifest says 4 entries, 1 to 4" },
        { "one entry doubled", Lines, "it comes after entry 2; entries were swapped or doubled." },
        { "an entry that was made up", Lines, "entries.jsonl line 5: it is no entry of a journal." },
        { "a redaction that was not", Lines, "whether it was redacted is not what its content says." },
        { "a field that is not known", Lines, "entries.jsonl line 1: it is no entry of a journal." },
        { "a field that stands twice", Lines, "entries.jsonl line 1: it is no entry of a journal." },
        { "the hash before it", Lines, "Entry 3: it, or the entry before it, was changed." },
        { "a hash that is too short", Lines, "a hash in it is of another length than it must be." },
        { "the manifest's count", Manifest, "entries.jsonl has 4 entries, the manifest says 5." },
        { "the manifest's reason", Manifest, "manifest.json was changed after it was sealed." },
        { "the manifest's stream", Manifest, "account/x/other: the manifest has 4 entries of it, entries.jsonl has none." },
        { "a cell", Csv, "entries.csv, row of account/x/aston entry 2: the cell payload is not what entries.jsonl has." },
        { "a row dropped", Csv, "entries.csv ends before its row of entries.jsonl line 4." },
        { "a row added", Csv, "entries.csv has more rows than entries.jsonl has lines." },
        { "a column's name", Csv, "entries.csv, its first row: the cell reason is not what entries.jsonl has." },
        { "a quotation mark", Csv, "entries.csv" },
        { "one file's line end", Csv, "entries.csv is not the file that the manifest was made of" },
    };

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task Change_IsNamed_AndWhereItIs(string what, string file, string says)
    {
        await using var ground = await Ground.MakeAsync(server);
        var verdict = await VerifyAsync(Change(await AstonAsync(ground), file, text => Tamper(what, text)));

        Assert.False(verdict.Agrees);
        Assert.Contains(verdict.Faults, f => f.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Entry_ThatWasChangedWithItsManifest_IsNamedByItsOwnHashes()
    {
        await using var ground = await Ground.MakeAsync(server);
        var files = Unpack(await AstonAsync(ground, csv: false));
        var old = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(files[Lines])));
        files[Lines] = files[Lines].Replace("number 2", "number 7", StringComparison.Ordinal);
        var open = files[Manifest][..files[Manifest].LastIndexOf(",\"seal\"", StringComparison.Ordinal)]
            .Replace(old, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(files[Lines]))), StringComparison.Ordinal);
        files[Manifest] = $"{open},\"seal\":\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(open)))}\"}}";

        Assert.Equal(["entries.jsonl line 2 (account/x/aston entry 2): Entry 2: its content is not what was hashed."], (await VerifyAsync(Pack(files))).Faults);
    }

    [Fact]
    public async Task File_ThatIsNoExport_IsNotRead_AndTheReasonIsSaid()
    {
        await using var ground = await Ground.MakeAsync(server);
        var zip = await AstonAsync(ground);
        var files = Unpack(zip);

        await AssertUnreadableAsync("cut short", []);
        await AssertUnreadableAsync("cut short", zip[..(zip.Length / 2)]);
        await AssertUnreadableAsync("cut short", zip[..^1]);
        await AssertUnreadableAsync("cannot be read as a ZIP", "no ZIP"u8.ToArray());
        await AssertUnreadableAsync("has no manifest.json", Pack(files.Where(f => f.Key != Manifest)));
        await AssertUnreadableAsync("has no entries.jsonl", Pack(files.Where(f => f.Key != Lines)));
        await AssertUnreadableAsync("is in it twice", Pack(files.Append(files.First())));
        await AssertUnreadableAsync("holds '../../etc/passwd'", Pack(files.Append(new("../../etc/passwd", "x"))));
        await AssertUnreadableAsync("holds 'a?b'", Pack(files.Append(new("a\nb", "x"))));
        await AssertUnreadableAsync("is no manifest", Pack(files.Select(f => f.Key == Manifest ? new(f.Key, "{}") : f)));
        await AssertUnreadableAsync("would unpack from", Pack(files.Select(f => f.Key == Lines ? new(f.Key, new string('a', 20 * 1024 * 1024)) : f)));
        await AssertUnreadableAsync("entries.jsonl breaks off in line 5", Pack(files.Select(f => f.Key == Lines ? new(f.Key, f.Value + "{") : f)));
        await AssertUnreadableAsync("is longer than 8 MB", Pack(files.Select(f => f.Key == Lines ? new(f.Key, Convert.ToHexString(RandomNumberGenerator.GetBytes(6 * 1024 * 1024))) : f)));
        await AssertUnreadableAsync("of the form 2", Change(zip, Manifest, m => Sealed(m.Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task File_ThatTheManifestDoesNotHave_OrThatIsGone_IsNamed()
    {
        await using var ground = await Ground.MakeAsync(server);
        var files = Unpack(await AstonAsync(ground));

        Assert.Contains("entries.csv is listed in the manifest, and not in the ZIP.", (await VerifyAsync(Pack(files.Where(f => f.Key != Csv)))).Faults);
        Assert.Contains("summary.pdf is in the ZIP, and the manifest does not list it.", (await VerifyAsync(Pack(files.Append(new("summary.pdf", "x"))))).Faults);
    }

    [Fact]
    public async Task Damage_InsideAFile_IsSaid_AndNothingIsClaimed()
    {
        await using var ground = await Ground.MakeAsync(server);
        var zip = await AstonAsync(ground);
        var broken = 0;
        for (var at = 60; at < zip.Length - 400; at += 97)
        {
            var damaged = (byte[])zip.Clone();
            damaged[at] ^= 0x55;
            try
            {
                var verdict = await VerifyAsync(damaged);
                Assert.False(verdict.Agrees && verdict.Entries != 4);
            }
            catch (ExportUnreadableException)
            {
                broken++;
            }
        }

        Assert.True(broken > 0);
    }

    private static string Tamper(string what, string text)
    {
        var lines = text.Split('\n');
        return what switch
        {
            "one byte of a payload" => text.Replace("number 2", "number 7", StringComparison.Ordinal),
            "a reason" => text.Replace("because 2", "because 7", StringComparison.Ordinal),
            "an actor" => text.Replace("\"Actor 2\"", "\"Actor 7\"", StringComparison.Ordinal),
            "a time" => Line(lines, 1, l => l.Replace("\"at\":\"2", "\"at\":\"1", StringComparison.Ordinal)),
            "two entries swapped" => string.Join('\n', lines[0], lines[2], lines[1], lines[3], ""),
            "one entry dropped" => string.Join('\n', lines[0], lines[2], lines[3], ""),
            "the first entry dropped" => string.Join('\n', lines[1], lines[2], lines[3], ""),
            "the last entry dropped" => string.Join('\n', lines[0], lines[1], lines[2], ""),
            "one entry doubled" => string.Join('\n', lines[0], lines[1], lines[1], lines[2], lines[3], ""),
            "an entry that was made up" => text + "{\"stream\":\"account/x/aston\",\"number\":5}\n",
            "a redaction that was not" => Line(lines, 1, l => l.Replace("\"redacted\":false", "\"redacted\":true", StringComparison.Ordinal)),
            "a field that is not known" => Line(lines, 0, l => l.Replace("{\"stream\"", "{\"note\":1,\"stream\"", StringComparison.Ordinal)),
            "a field that stands twice" => Line(lines, 0, l => l.Replace("{\"stream\"", "{\"stream\":\"account/x/other\",\"stream\"", StringComparison.Ordinal)),
            "the hash before it" => Line(lines, 2, l => l.Replace("\"former\":\"", "\"former\":\"" + new string('0', 64), StringComparison.Ordinal).Remove(l.IndexOf("\"former\":\"", StringComparison.Ordinal) + 10 + 64, 64)),
            "a hash that is too short" => Line(lines, 2, l => l.Replace("\"former\":\"", "\"former\":\"00", StringComparison.Ordinal)),
            "the manifest's count" => text.Replace("\"entries\":4,\"redacted\"", "\"entries\":5,\"redacted\"", StringComparison.Ordinal),
            "the manifest's reason" => text.Replace("Inquiry 7", "Inquiry 8", StringComparison.Ordinal),
            "the manifest's stream" => text.Replace("\"stream\":\"account/x/aston\"", "\"stream\":\"account/x/other\"", StringComparison.Ordinal),
            "a cell" => text.Replace("number 2", "number 7", StringComparison.Ordinal),
            "a row dropped" => string.Join("\r\n", text.Split("\r\n").Where((_, i) => i != 4)),
            "a row added" => text + text.Split("\r\n")[4] + "\r\n",
            "a column's name" => text.Replace(",reason,", ",grund,", StringComparison.Ordinal),
            "a quotation mark" => text.Replace("because 2", "because \"2", StringComparison.Ordinal),
            "one file's line end" => text.Replace("\r\n", "\n", StringComparison.Ordinal),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
        };
    }

    private static string Line(string[] lines, int number, Func<string, string> change)
    {
        lines[number] = change(lines[number]);
        return string.Join('\n', lines);
    }

    private static string Sealed(string manifest)
    {
        var open = manifest[..manifest.LastIndexOf(",\"seal\"", StringComparison.Ordinal)];
        return $"{open},\"seal\":\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(open)))}\"}}";
    }

    private static async Task AssertUnreadableAsync(string says, byte[] file)
    {
        var why = await Assert.ThrowsAsync<ExportUnreadableException>(() => VerifyAsync(file));
        Assert.Contains(says, why.Message, StringComparison.Ordinal);
    }

    private static async Task<byte[]> AstonAsync(Ground ground, bool csv = true)
    {
        await ground.ExecuteAsync(
            "select journal_append('account/x/aston', 'e', 'a', 'Actor ' || i, 'r', null, null, 'because ' || i, '{\"words\":\"number ' || i || '\"}') from generate_series(1, 4) i");
        return await ExportAsync(ground, new ExportQuestion(ExportKind.Account, "x/aston", null, null), csv);
    }
}
