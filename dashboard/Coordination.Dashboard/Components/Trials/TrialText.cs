using System.Globalization;
using Coordination.Dashboard.Components.Kit;

namespace Coordination.Dashboard.Components.Trials;

/// <summary>Times of recorded incidents: years back, so always with their year.</summary>
internal static class TrialText
{
    /// <summary><c>Thu 23 Feb 2017 18:00</c>.</summary>
    public static string At(DateTimeOffset at) => UkTime.Local(at).ToString("ddd d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>Thu 23 Feb 2017</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);
}
