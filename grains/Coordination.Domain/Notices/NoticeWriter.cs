namespace Coordination.Domain.Notices;

/// <summary>From a hold and the accounts it covers to one message for each person. Pure.</summary>
public static class NoticeWriter
{
    /// <summary>Most people who are told of one hold, by the first of their accounts; a brigade has some dozens.</summary>
    public const int MostPeople = 5000;

    /// <summary>Writes all of them.</summary>
    public static NoticeRound Write(NoticeFacts facts)
    {
        var people = NoticePeople.Of(facts.Accounts);
        var told = people.Take(MostPeople).ToArray();
        return new NoticeRound(
            [.. told.Where(p => p.Address is not null).Select(p => new Notice(p.Address!, p.Name, NoticeText.Subject(facts, p), NoticeText.Body(facts, p)))],
            [.. told.Where(p => p.Address is null).Select(p => p.Name)],
            people.Count - told.Length);
    }
}
