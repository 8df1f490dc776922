using Coordination.Domain.Rota;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Team;

/// <summary>When Comms are at their desks, section <c>Rota</c>: on a wall in London, Monday to Friday, bank holidays left out.</summary>
public sealed class RotaOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Rota";

    /// <summary>When they come. Default: 08:30.</summary>
    public TimeOnly OfficeFrom { get; set; } = OfficeHours.Default.From;

    /// <summary>When they go; equal to <see cref="OfficeFrom"/>: never there. Default: 17:00.</summary>
    public TimeOnly OfficeTo { get; set; } = OfficeHours.Default.To;
}

/// <summary>Checks the options.</summary>
public sealed class RotaOptionsValidator : IValidateOptions<RotaOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, RotaOptions options) => options.OfficeTo < options.OfficeFrom
        ? ValidateOptionsResult.Fail("Rota:OfficeTo is before Rota:OfficeFrom. Write both as on a wall, such as 08:30 and 17:00.")
        : ValidateOptionsResult.Success;
}
