using System.Globalization;
using Coordination.Benchmarks;
using Coordination.Storage.Embedded;
using Coordination.Testing;
using Microsoft.Extensions.Logging.Abstractions;

// Numbers as ratios inside one run, as markdown.
const string Usage = """
    ./bench [--quick] [NAME...]   all without a name
      permits   permits a second against bare durable inserts a second
      holds     a hold's acknowledgement at 100, 10,000 and 100,000 accounts while permit takers saturate the fence
      naive     beside it, a state write on each of 10,000 accounts
      lateness  1,000 posts over a minute, and 1,000 in one second, through the whole product
      rush      10,000 posts within one minute over 1,000 accounts, through the whole product
      live      change to SignalR client, 200 clients and 500 changes a second
      memory    managed memory of an active account grain
      receipts  from a hold until each of 1,000 and 10,000 accounts has acknowledged it
      failover  one of three silos killed or standing still: until its accounts answer, and what a freeze takes meanwhile
      ready     ./run to its line "ready"
      verify    journal entries a second that a verification recomputes, and its memory
      export    an export of 1,000 entries and one of 100,000: time and memory, and the check of the file
      search    the journal page's searches over 50,000 entries and over 5 million
      authorisation  who may: before each grain call and each request; sign-ins a second
      content   a text of 5,000 characters looked through by the content checks, beside usual posts
      calendar  a month of the calendar with 150 posts and with 20,000
      page      the same in a real browser: until the first post is seen, and the memory of an open page
      takeover  from an incident report to its hold, and a freeze beside it: idle, in a storm, in a surge
      line      a takeover of 200 accounts: its hold, all receipts, and its agreed line on all of them
      rules     incidents a second that the rules are tried on, beside no rules
      --quick   fewer samples
    """;
string[] names = ["permits", "holds", "naive", "lateness", "rush", "live", "memory", "receipts", "failover", "ready", "verify", "export", "search", "authorisation", "content", "calendar", "page", "takeover", "line", "rules"];
if (args is [ExportBenchmark.Child, var connection, var file])
{
    return await ExportBenchmark.MakeAsync(connection, file);
}

var quick = args.Contains("--quick", StringComparer.Ordinal);
var wanted = args.Where(a => !a.StartsWith("--", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
if (args.Contains("--help", StringComparer.Ordinal))
{
    Console.WriteLine(Usage);
    return 0;
}

if (wanted.Except(names, StringComparer.Ordinal).FirstOrDefault() is { } strange)
{
    await Console.Error.WriteLineAsync($"'{strange}' is no benchmark.\n{Usage}");
    return 2;
}

using var folder = new TemporaryFolder("bench");
await using var server = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = folder.Path }, NullLogger.Instance);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, .NET {Environment.Version}, PostgreSQL on the same machine, fsync on{(quick ? ", quick" : "")}"));
Console.WriteLine();

bool Wants(string name) => wanted.Count == 0 || wanted.Contains(name);
if (Wants("permits"))
{
    await PermitBenchmark.RunAsync(server.ConnectionString, quick);
}

if (Wants("holds") || Wants("naive"))
{
    await HoldBenchmark.RunAsync(server.ConnectionString, quick, Wants("naive"));
}

if (Wants("authorisation"))
{
    await AuthorisationBenchmark.RunAsync(server.ConnectionString, quick);
}

if (Wants("content"))
{
    ContentBenchmark.Run(quick);
}

if (Wants("rules"))
{
    RulesBenchmark.Run(quick);
}

if (Wants("calendar"))
{
    await CalendarBenchmark.RunAsync(server.ConnectionString, quick);
}

if (Wants("page"))
{
    await CalendarPageBenchmark.RunAsync(quick);
}

if (Wants("memory"))
{
    await MemoryBenchmark.RunAsync(server.ConnectionString, quick);
}

if (Wants("live"))
{
    await LiveBenchmark.RunAsync(server.ConnectionString, quick);
}

if (Wants("lateness"))
{
    await LatenessBenchmark.RunAsync(quick);
}

if (Wants("rush"))
{
    await RushBenchmark.RunAsync(quick);
}

if (Wants("takeover"))
{
    await TakeoverBenchmark.RunAsync(quick);
}

if (Wants("line"))
{
    await LineBenchmark.RunAsync(quick);
}

if (Wants("receipts"))
{
    await ReceiptBenchmark.RunAsync(server.ConnectionString, quick);
}

if (Wants("failover"))
{
    await FailoverBenchmark.RunAsync(quick);
}

if (Wants("ready"))
{
    await ReadyBenchmark.RunAsync(quick);
}

if (Wants("verify"))
{
    await VerifyBenchmark.RunAsync(server.ConnectionString, quick);
}

if (Wants("export"))
{
    await ExportBenchmark.RunAsync(server.ConnectionString, quick);
}

if (Wants("search"))
{
    await SearchBenchmark.RunAsync(server.ConnectionString, quick);
}

return 0;
