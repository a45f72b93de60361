namespace S3ModelStore.Engine.Progress;

/// <summary>What a job is doing.</summary>
public enum TransferPhase
{
    Listing = 0,

    /// <summary>Compares the listing with what is on disk.</summary>
    Planning,

    /// <summary>Reads again what an earlier run left; nothing has come over the network yet.</summary>
    Checking,

    Downloading,

    /// <summary>The store has stopped answering; the job waits until it is back.</summary>
    Waiting,

    /// <summary>Every byte is there; the last files are being proved.</summary>
    Verifying,

    /// <summary>Writes the record of it all.</summary>
    Finishing,

    Completed,
}
