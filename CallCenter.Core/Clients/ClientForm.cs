namespace CallCenter.Core.Clients;

/// <summary>A client as typed.</summary>
public sealed class ClientForm
{
    /// <summary>Person's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Company.</summary>
    public string Company { get; set; } = "";

    /// <summary>Note.</summary>
    public string Note { get; set; } = "";

    /// <summary>Numbers; empty lines do not count.</summary>
    public List<ClientNumberForm> Numbers { get; init; } = [];

    /// <summary>Tags, apart by commas of either script.</summary>
    public string Tags { get; set; } = "";
}

/// <summary>A number as typed.</summary>
public sealed class ClientNumberForm
{
    /// <summary>In any spelling.</summary>
    public string Number { get; set; } = "";

    /// <summary>What it is for.</summary>
    public string Label { get; set; } = "";
}
