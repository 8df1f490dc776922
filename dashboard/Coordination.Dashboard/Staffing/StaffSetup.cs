using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Staffing;

/// <summary>Adds the staff directory.</summary>
public static class StaffSetup
{
    /// <summary>Adds where staff, and the contacts of accounts, are read and changed.</summary>
    public static IHostApplicationBuilder AddStaff(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<StaffOptions>().BindConfiguration(StaffOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StaffOptions>, StaffOptionsValidator>();
        services.AddSingleton<IStaffDesk, StaffDesk>();
        services.AddSingleton<IContactDesk, ContactDesk>();
        services.AddSingleton<IDeputyDesk, DeputyDesk>();
        return builder;
    }
}
