namespace Coordination.Domain.Incidents.Cap;

/// <summary>What a message placed, as far as the triage must know it.</summary>
/// <param name="Areas">Ids of the areas it held.</param>
/// <param name="WholeBrigade">Whether it held every area.</param>
/// <param name="Lifted">Whether Comms has lifted that hold since.</param>
public sealed record SeenHold(IReadOnlyList<string> Areas, bool WholeBrigade, bool Lifted);

/// <summary>A message that was triaged before.</summary>
/// <param name="Reference">Its identity.</param>
/// <param name="Digest">Its digest (<see cref="CapMessage.Digest"/>).</param>
/// <param name="Status">Its status.</param>
/// <param name="MsgType">What it did.</param>
/// <param name="References">The messages it was about.</param>
/// <param name="Hold">What it placed; null when nothing.</param>
public sealed record SeenMessage(
    CapReference Reference,
    string Digest,
    CapStatus Status,
    CapMsgType MsgType,
    IReadOnlyList<CapReference> References,
    SeenHold? Hold);

/// <summary>The messages that were triaged before. The caller may narrow them down to those <see cref="IsNear"/> the message.</summary>
public sealed class SeenMessages
{
    private readonly List<SeenMessage> _messages;

    /// <summary>Of these messages.</summary>
    public SeenMessages(IEnumerable<SeenMessage> messages) => _messages = [.. messages];

    /// <summary>No message yet.</summary>
    public static SeenMessages None { get; } = new([]);

    /// <summary>The message of that identity.</summary>
    public SeenMessage? Find(CapReference reference) => _messages.FirstOrDefault(m => m.Reference == reference);

    /// <summary>The message that took this one back or replaced it: messages may arrive in the wrong order.</summary>
    public SeenMessage? FindSuccessor(CapReference reference) => _messages.FirstOrDefault(m =>
        m is { Status: CapStatus.Actual, MsgType: CapMsgType.Cancel or CapMsgType.Update } && m.References.Contains(reference));

    /// <summary>The earlier messages about the same incident: those it names, those that they name, and those of its own name.</summary>
    public IReadOnlyList<SeenMessage> ChainOf(CapMessage message)
    {
        var chain = new List<SeenMessage>();
        var wanted = new Queue<CapReference>(message.References);
        var known = new HashSet<CapReference>(message.References) { message.Reference };
        foreach (var namesake in _messages.Where(m => m.Reference != message.Reference && IsNamesake(m.Reference, message.Reference)))
        {
            if (known.Add(namesake.Reference))
            {
                wanted.Enqueue(namesake.Reference);
            }
        }

        while (wanted.TryDequeue(out var reference))
        {
            if (Find(reference) is not { } found || reference == message.Reference)
            {
                continue;
            }

            chain.Add(found);
            foreach (var earlier in found.References.Where(known.Add))
            {
                wanted.Enqueue(earlier);
            }
        }

        return chain;
    }

    /// <summary>Whether a stored message may belong to the chain of a new one, seen by identity and references alone.</summary>
    public static bool IsNear(CapMessage message, SeenMessage stored) =>
        IsNamesake(stored.Reference, message.Reference)
        || message.References.Contains(stored.Reference)
        || stored.References.Contains(message.Reference)
        || stored.References.Any(message.References.Contains);

    private static bool IsNamesake(CapReference one, CapReference other) =>
        string.Equals(one.Identifier, other.Identifier, StringComparison.Ordinal)
        && string.Equals(one.Sender, other.Sender, StringComparison.Ordinal);
}
