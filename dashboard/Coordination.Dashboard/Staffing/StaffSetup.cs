namespace Coordination.Dashboard.Staffing;

/// <summary>Adds the staff directory.</summary>
public static class StaffSetup
{
    /// <summary>Adds where it is read and changed.</summary>
    public static IHostApplicationBuilder AddStaff(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IStaffDesk, StaffDesk>();
        return builder;
    }
}
