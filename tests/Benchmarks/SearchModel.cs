using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Coordination.Benchmarks;

/// <summary>A journal of millions of entries, loaded in bulk with hashes of its own making: the chains are as valid as the service's.</summary>
internal sealed class SearchModel(int entries)
{
    public const int People = 2_000;
    private const int EntriesOfAStream = 250;
    private const int SecondsBetween = 19;
    private static readonly DateTime Begin = new(2023, 12, 1, 0, 0, 0, DateTimeKind.Utc);

    // In a hundred: an ordinary post's life is most of it.
    private static readonly (string Event, bool Service, int UpTo)[] Events =
    [
        ("post-scheduled", false, 28), ("permit-issued", true, 56), ("post-published", true, 84), ("counters-read", true, 90), ("post-cancelled", false, 93), ("post-approved", false, 96),
        ("hold-acknowledged", true, 98), ("contact-changed", false, 99), ("account-relabelled", false, 100),
    ];

    public int Entries => entries;

    public int Streams => Math.Max(1, entries / EntriesOfAStream);

    public DateTime End => Begin.AddSeconds((double)SecondsBetween * entries);

    public static string Stream(int stream) => string.Create(CultureInfo.InvariantCulture, $"account/x/bench_{stream}");

    public static string Person(int person) => string.Create(CultureInfo.InvariantCulture, $"person-{person}");

    /// <summary>An event that is looked for, not one of an ordinary post's life.</summary>
    public static string RareEvent(Random random) => Events[4 + random.Next(Events.Length - 4)].Event;

    /// <summary>Loads it. Indexes stand meanwhile, as they would.</summary>
    public async Task LoadAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using (var import = await connection.BeginBinaryImportAsync(
            "copy journal (stream, number, at, event, actor_id, actor_name, actor_role, payload, salt, payload_hash, hash) from stdin (format binary)"))
        {
            import.Timeout = TimeSpan.FromMinutes(30);
            var random = new Random(20261128);
            var formers = new byte[Streams][];
            var numbers = new int[Streams];
            for (var i = 0; i < entries; i++)
            {
                await WriteAsync(import, i, random, formers, numbers);
            }

            await import.CompleteAsync();
        }

        await using var analyze = new NpgsqlCommand("analyze journal", connection) { CommandTimeout = 600 };
        await analyze.ExecuteNonQueryAsync();
    }

    private async Task WriteAsync(NpgsqlBinaryImporter import, int i, Random random, byte[][] formers, int[] numbers)
    {
        var stream = random.Next(Streams);
        var roll = random.Next(100);
        var (name, service, _) = Array.Find(Events, e => roll < e.UpTo);
        var person = service ? "system" : Person(random.Next(People));
        var (actorName, role) = service ? ("The service", "system") : ("Somebody", "account-holder");
        var at = Begin.AddSeconds((double)SecondsBetween * i);
        var payload = string.Create(CultureInfo.InvariantCulture, $"{{\"event\":\"{name}\",\"postId\":\"{i:x8}-0000-7000-8000-000000000000\",\"text\":\"Open day on Saturday, 10:00 to 14:00. Bring the children.\"}}");
        var salt = new byte[16];
        random.NextBytes(salt);
        var payloadHash = SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(Field(payload) + "-")]);
        var number = ++numbers[stream];
        var microseconds = (at - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var header = Field(Stream(stream)) + Field(number.ToString(CultureInfo.InvariantCulture)) + Field(microseconds.ToString(CultureInfo.InvariantCulture)) + Field(name) + Field(person) + Field(actorName) + Field(role) + "--";
        var hash = SHA256.HashData([.. formers[stream] ?? [], .. Encoding.UTF8.GetBytes(header), .. payloadHash]);
        formers[stream] = hash;

        await import.StartRowAsync();
        await import.WriteAsync(Stream(stream), NpgsqlDbType.Text);
        await import.WriteAsync((long)number, NpgsqlDbType.Bigint);
        await import.WriteAsync(at, NpgsqlDbType.TimestampTz);
        await import.WriteAsync(name, NpgsqlDbType.Text);
        await import.WriteAsync(person, NpgsqlDbType.Text);
        await import.WriteAsync(actorName, NpgsqlDbType.Text);
        await import.WriteAsync(role, NpgsqlDbType.Text);
        await import.WriteAsync(payload, NpgsqlDbType.Text);
        await import.WriteAsync(salt, NpgsqlDbType.Bytea);
        await import.WriteAsync(payloadHash, NpgsqlDbType.Bytea);
        await import.WriteAsync(hash, NpgsqlDbType.Bytea);
    }

    private static string Field(string text) => string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(text)}:{text}");
}
