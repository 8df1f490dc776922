using System.Text.Json.Serialization;
using Coordination.Sandbox.Exercise;

namespace Coordination.Sandbox.Network;

/// <summary>One line of the log: what happened, enough to make the state again.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AccountRegistered), "account")]
[JsonDerivedType(typeof(PostPublished), "publish")]
[JsonDerivedType(typeof(PostReplayed), "replay")]
[JsonDerivedType(typeof(PostEdited), "edit")]
[JsonDerivedType(typeof(PostDeleted), "delete")]
[JsonDerivedType(typeof(FiguresChanged), "figures")]
[JsonDerivedType(typeof(MediaUploaded), "media")]
[JsonDerivedType(typeof(ContainerMade), "container")]
[JsonDerivedType(typeof(UploadBegun), "upload")]
[JsonDerivedType(typeof(PieceTaken), "piece")]
[JsonDerivedType(typeof(StandInAdmitted), "stand-in")]
[JsonDerivedType(typeof(LinePublished), "line")]
internal abstract record LogEntry;

internal sealed record AccountRegistered(SandboxAccount Account) : LogEntry;

internal sealed record PostPublished(SandboxPost Post) : LogEntry;

internal sealed record PostReplayed(long PostId, string IdempotencyKey, DateTimeOffset ArrivedAt) : LogEntry;

internal sealed record PostEdited(long PostId, string Text, string? Language, IReadOnlyList<long> Media, string? Key, DateTimeOffset ArrivedAt, DateTimeOffset At) : LogEntry;

internal sealed record PostDeleted(long PostId, DateTimeOffset ArrivedAt) : LogEntry;

internal sealed record MediaUploaded(SandboxMedia Media) : LogEntry;

internal sealed record ContainerMade(SandboxContainer Container) : LogEntry;

internal sealed record UploadBegun(SandboxUpload Upload) : LogEntry;

internal sealed record PieceTaken(long UploadId, int Index, int Size) : LogEntry;

internal sealed record FiguresChanged(long PostId, PostFigures Figures) : LogEntry;

/// <summary>In the exercise network's log alone.</summary>
internal sealed record StandInAdmitted(StandIn StandIn) : LogEntry;

/// <summary>In the exercise network's log alone.</summary>
internal sealed record LinePublished(ExerciseLine Line) : LogEntry;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LogEntry))]
internal sealed partial class LogJson : JsonSerializerContext;
