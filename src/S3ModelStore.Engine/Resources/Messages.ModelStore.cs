namespace S3ModelStore.Engine.Resources;

/// <content>Of requests.</content>
public static partial class Messages
{
    public static string ForceAndRepair => Text();

    public static string ForceAndRepairRemedy => Text();

    public static string InsufficientDiskSpace(string? destination, long free, long needed) => Text([destination, free, needed]);

    public static string InsufficientDiskSpaceRemedy => Text();

    public static string MeasuredOffline => Text();

    public static string MeasuredOfflineRemedy => Text();

    public static string PlanWithoutDestination => Text();

    public static string PlanWithoutDestinationRemedy => Text();

    public static string PruneOfObjects => Text();

    public static string PruneOfObjectsRemedy => Text();
}
