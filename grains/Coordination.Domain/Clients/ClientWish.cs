using Coordination.Domain.People;

namespace Coordination.Domain.Clients;

/// <summary>An API client as somebody wants it: a program that acts for a member of staff.</summary>
/// <param name="Name">What people call it, such as <c>Control room screen</c>; the journal names it by this.</param>
/// <param name="OwnerId">Staff id of who answers for it.</param>
/// <param name="Permissions">What it may do at most; its owner's role bounds it at each request.</param>
/// <param name="Days">For how many days its first token lasts.</param>
/// <param name="Reason">What it is for.</param>
public sealed record ClientWish(string Name, string OwnerId, IReadOnlyList<Permission> Permissions, int Days, string Reason);
