using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Staffing;

/// <summary>How the staff directory is kept, section <c>Staff</c>.</summary>
public sealed class StaffOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Staff";

    /// <summary>How long somebody who is asked whether they are an account's contact has to answer; 1 to 90 days. Then the account is on Comms' worklist. Default: 7 days.</summary>
    public TimeSpan ContactAnswer { get; set; } = TimeSpan.FromDays(7);
}

/// <summary>Checks the options.</summary>
public sealed class StaffOptionsValidator : IValidateOptions<StaffOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, StaffOptions options) => options.ContactAnswer < TimeSpan.FromDays(1) || options.ContactAnswer > TimeSpan.FromDays(90)
        ? ValidateOptionsResult.Fail($"Staff:ContactAnswer is {options.ContactAnswer}; it can be 1 to 90 days, such as 7.00:00:00.")
        : ValidateOptionsResult.Success;
}
