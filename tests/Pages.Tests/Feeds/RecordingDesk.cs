using System.Collections.Concurrent;
using System.Text;
using Coordination.Dashboard.Incidents;
using Coordination.Dashboard.Incidents.Pull;
using Coordination.Domain.People;
using Coordination.Storage;
using Coordination.Storage.Incidents;

namespace Coordination.Pages.Tests.Feeds;

/// <summary>A desk that keeps what it is given as the real one does, raw and first, and answers as told.</summary>
internal sealed class RecordingDesk(CoordinationDatabase database) : IIncidentDesk
{
    private readonly ConcurrentQueue<(string Text, string Type, Actor From)> _received = new();
    private readonly IncidentStore _store = new(database);

    /// <summary>What it was given, in order.</summary>
    public IReadOnlyList<(string Text, string Type, Actor From)> Received => [.. _received];

    /// <summary>How it answers.</summary>
    public Func<string, IncidentAnswer> Answer { get; set; } = _ => new IncidentAnswer.Decided(IncidentDecisions.Ignored, null, false, "No rule is about it.", null, [], false);

    /// <summary>How often it was given a message with this identifier.</summary>
    public int Count(string identifier) => _received.Count(r => r.Text.Contains($"<identifier>{identifier}</identifier>", StringComparison.Ordinal));

    public Task<IncidentAnswer> ReceiveAsync(ReadOnlyMemory<byte> body, string contentType, Actor receivedFrom, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing is sent here.");

    public async Task<IncidentAnswer> ReceiveAsync(ReadOnlyMemory<byte> body, string contentType, FeedSource feed, CancellationToken cancellationToken)
    {
        await _store.RecordAsync(new RawMessage(feed.MessageId(body), body, contentType, feed.Actor), cancellationToken);
        var text = Encoding.UTF8.GetString(body.Span);
        _received.Enqueue((text, contentType, feed.Actor));
        return Answer(text);
    }

    public Task DecideAsync(LeftReport left, CancellationToken cancellationToken) => throw new NotSupportedException("Nothing is left undecided here.");
}
