using Coordination.Domain.Notices;

namespace Coordination.Storage.Notices;

/// <summary>One person of a round, and where the message to them is.</summary>
/// <param name="Name">Who.</param>
/// <param name="State">Where it is.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="NextAt">When it is tried next (UTC); null when it is not.</param>
/// <param name="SentAt">When the mail server took it (UTC); null when it did not.</param>
/// <param name="Why">Why the last attempt did not go, in a few words.</param>
public sealed record NoticeRow(string Name, NoticeState State, int Attempts, DateTimeOffset? NextAt, DateTimeOffset? SentAt, string? Why);

/// <summary>Who was told of one thing that happened to a hold.</summary>
/// <param name="Kind">That it was placed, or lifted.</param>
/// <param name="QueuedAt">When the messages were made (UTC).</param>
/// <param name="Counts">How many people stand where; states without any are left out.</param>
/// <param name="Beyond">People who were not told, because only so many are.</param>
/// <param name="People">Who, those first of whom somebody should think: at most <see cref="INoticeReader.MostPeople"/>.</param>
public sealed record ToldRound(NoticeKind Kind, DateTimeOffset QueuedAt, IReadOnlyDictionary<NoticeState, int> Counts, int Beyond, IReadOnlyList<NoticeRow> People)
{
    /// <summary>How many people stand in some states.</summary>
    public int Count(params ReadOnlySpan<NoticeState> states)
    {
        var count = 0;
        foreach (var state in states)
        {
            count += Counts.GetValueOrDefault(state);
        }

        return count;
    }

    /// <summary>All people of the round, those who cannot be reached among them.</summary>
    public int Total => Counts.Values.Sum();
}

/// <summary>Reads who was told. The messages' words are not among it.</summary>
public interface INoticeReader
{
    /// <summary>Most people that are listed of a round.</summary>
    const int MostPeople = 200;

    /// <summary>What people were told of a hold, in the order it happened; empty when nothing was queued.</summary>
    Task<IReadOnlyList<ToldRound>> OfHoldAsync(string holdId, CancellationToken cancellationToken);
}
