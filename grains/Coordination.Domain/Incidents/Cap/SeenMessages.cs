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

/// <summary>The messages that were triaged before, all of them or those of the last months: a chain is followed through them.</summary>
public sealed class SeenMessages
{
    private readonly Dictionary<CapReference, SeenMessage> _messages = [];
    private readonly Dictionary<CapReference, SeenMessage> _successors = [];
    private readonly ILookup<(string Sender, string Identifier), SeenMessage> _namesakes;

    /// <summary>Of these messages; the first of an identity counts.</summary>
    public SeenMessages(IEnumerable<SeenMessage> messages)
    {
        foreach (var message in messages)
        {
            if (!_messages.TryAdd(message.Reference, message)
                || message is not { Status: CapStatus.Actual, MsgType: CapMsgType.Cancel or CapMsgType.Update })
            {
                continue;
            }

            foreach (var reference in message.References.Where(r => r != message.Reference))
            {
                _successors.TryAdd(reference, message);
            }
        }

        _namesakes = _messages.Values.ToLookup(m => (m.Reference.Sender, m.Reference.Identifier));
    }

    /// <summary>No message yet.</summary>
    public static SeenMessages None { get; } = new([]);

    /// <summary>The message of that identity.</summary>
    public SeenMessage? Find(CapReference reference) => _messages.GetValueOrDefault(reference);

    /// <summary>A message that took this one back or replaced it: messages may arrive in the wrong order.</summary>
    public SeenMessage? FindSuccessor(CapReference reference) => _successors.GetValueOrDefault(reference);

    /// <summary>The earlier messages about the same incident: those it names, those that they name, and those of its own name.</summary>
    public IReadOnlyList<SeenMessage> ChainOf(CapMessage message)
    {
        var known = new HashSet<CapReference> { message.Reference };
        var wanted = new Queue<CapReference>(
            message.References
                .Concat(_namesakes[(message.Sender, message.Identifier)].Select(m => m.Reference))
                .Where(known.Add));
        var chain = new List<SeenMessage>();
        while (wanted.TryDequeue(out var reference))
        {
            if (Find(reference) is not { } found)
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
}
