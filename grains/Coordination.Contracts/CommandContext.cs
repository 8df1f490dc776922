using Coordination.Domain.People;

namespace Coordination.Contracts;

/// <summary>What every command carries: who gives it, and an id under which it may be repeated safely.</summary>
/// <param name="OperationId">Unique for each wish of a person; the same id again answers what the first one did.</param>
/// <param name="Actor">Who gives it.</param>
[GenerateSerializer, Alias("Coordination.CommandContext"), Immutable]
public sealed record CommandContext([property: Id(0)] Guid OperationId, [property: Id(1)] Actor Actor);
