namespace Coordination.Domain.Notices;

/// <summary>One message to one person, whatever number of accounts it is about.</summary>
/// <param name="Address">The e-mail address, normalised: <see cref="NoticePeople.Normalise"/>.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">Plain text, lines ended by a line feed.</param>
public sealed record Notice(string Address, string Name, string Subject, string Body);

/// <summary>All that people are told of one hold at one time.</summary>
/// <param name="Notices">One message for each person who can be reached, by the first of their accounts.</param>
/// <param name="Unreachable">Names of the people of whom no e-mail address is recorded.</param>
/// <param name="Beyond">People who are not told, because only so many are: <see cref="NoticeWriter.MostPeople"/>.</param>
public sealed record NoticeRound(IReadOnlyList<Notice> Notices, IReadOnlyList<string> Unreachable, int Beyond);
