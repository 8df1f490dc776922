using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace Coordination.Benchmarks;

/// <summary>What another .NET process holds in managed memory after a full collection, which is asked of it by the runtime's own events.</summary>
internal static class LiveMemory
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Collects the garbage of a process and says what is left, in bytes.</summary>
    public static async Task<long> ReadAsync(int process)
    {
        // The end of a session that collects is a full collection's statistics.
        var client = new DiagnosticsClient(process);
        var keywords = (long)(ClrTraceEventParser.Keywords.GC | ClrTraceEventParser.Keywords.GCHeapCollect);
        using var session = await client.StartEventPipeSessionAsync([new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, keywords)], requestRundown: false, 64, CancellationToken.None);
        using var source = new EventPipeEventSource(session.EventStream);
        long left = -1;
        source.Clr.GCHeapStats += stats =>
        {
            left = stats.TotalHeapSize;
            source.StopProcessing();
        };
        await Task.Run(source.Process).WaitAsync(Patience);
        return left >= 0 ? left : throw new InvalidOperationException($"The process {process} did not say what it holds.");
    }
}
