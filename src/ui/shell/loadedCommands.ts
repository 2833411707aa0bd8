import * as vscode from 'vscode';
import { BufferPool } from '../../viewer/store/bufferPool';
import { commandTable } from './commands';
import type { Administration } from '../administration/administration';
import { Decoders } from '../decoding/decoders';
import { Decoding } from '../decoding/decoding';
import { RegistryWatch } from '../decoding/registryWatch';
import { TopicSchemas } from '../decoding/topicSchemas';
import { FileSchemas } from '../fileSchemas/fileSchemas';
import { Consumer } from '../messages/consume';
import { Follower } from '../messages/follow';
import { FollowedDocuments } from '../messages/followedDocuments';
import { MessageOpener } from '../messages/openMessages';
import { KafkaFiles } from '../kafkaFiles/kafkaFiles';
import { MessageFormats } from '../produce/messageFormats';
import { Producer } from '../produce/produce';
import type { CommandTable } from '../base/command';
import { openLink } from '../links/openLink';
import { httpOptions } from '../base/settings';
import { onDemand } from '../base/onDemand';
import type { Services } from './services';
import { MessageActions } from '../viewer/messageActions';
import type { Schemas } from '../schemas/schemas';
import { openCluster } from '../tree/commands/openCluster';
import { ColumnMemory } from '../viewer/columnMemory';
import { Viewers } from '../viewer/viewers';
import { activeMessages } from '../messages/messageDocuments';
import { Targets } from '../targets/targets';
import { isAble, toTarget } from '../clusters/pick';

/** All commands: most of the code, which is loaded when the first one is called. */
export class LoadedCommands implements vscode.Disposable {
  readonly table: CommandTable;
  readonly kafkaFiles: KafkaFiles;
  readonly viewers: Viewers;
  readonly loadAdministration: () => Promise<Administration>;
  readonly loadSchemas: () => Promise<Schemas>;
  /** Opens a link that VS Code got for the extension. */
  readonly openLink: (uri: vscode.Uri) => Promise<void>;
  readonly #owned: vscode.Disposable;

  constructor(services: Services) {
    const { connections, documents, topics, reporter, dist, globalState: state } = services;
    const { view, workspaceState } = services;
    const targets: Targets = new Targets(workspaceState, {
      can: (cluster, ability) => isAble(connections, cluster, ability),
      selected: () => (view.visible ? toTarget(view.selection[0]) : undefined),
      active: () => {
        const uri = activeMessages(undefined);
        const shown = (uri && documents.get(uri)?.origin) ?? viewers.active?.definition;
        if (!shown) return kafkaFiles.activeTarget;
        return { cluster: shown.cluster, topic: shown.request.topic };
      },
    });
    const decoding = new Decoding(dist, services.registries);
    const watch = new RegistryWatch(services.registries, reporter, (cluster) =>
      viewers.decodeAgain(cluster),
    );
    const decoders = new Decoders((cluster, topic) => {
      const context = decoding.contextOf(cluster, topic);
      return { ...context, schemas: watch.watched(cluster, context.schemas) };
    });
    const topicSchemas = new TopicSchemas(services.registries);
    const buffers = new BufferPool();
    const viewers: Viewers = new Viewers({
      connections,
      decoders,
      schemas: topicSchemas,
      documents,
      buffers,
      dist,
      columns: new ColumnMemory(state),
    });
    const consumer = new Consumer(connections, decoders, documents, viewers, reporter);
    const followed = new FollowedDocuments();
    const follower = new Follower(decoders, documents, viewers, followed);
    const opener = new MessageOpener({
      connections,
      targets,
      consumer,
      display: viewers,
      follower,
      workspaceState,
    });
    const fileSchemas = new FileSchemas(workspaceState);
    const formats = new MessageFormats({ ...services, fileSchemas, decoders, decoding });
    const producer = new Producer({ ...services, targets, consumer, formats });
    const kafkaFiles = new KafkaFiles({
      ...services,
      fileSchemas,
      decoding,
      decoders,
      schemas: topicSchemas,
      producer,
      consumer,
      follower,
    });
    const transfers = onDemand(async () => {
      const { Transfers } = await import('../transfer/transfers');
      return new Transfers(
        { ...services, targets, consumer, decoding, formats },
        workspaceState,
        documents,
        viewers,
        decoders,
        topicSchemas,
      );
    });
    const manager = onDemand(async () => {
      const { ClusterManager } = await import('../clusters/manage/clusterManager');
      const { tree, view, log } = services;
      const show = (cluster: string) => openCluster(cluster, tree, view);
      return new ClusterManager({ ...services, httpOptions: () => httpOptions(log), show });
    });
    const administration = onDemand(async () => {
      const { Administration } = await import('../administration/administration');
      const { pins } = services.tree;
      return new Administration({ connections, targets, topics, pins });
    });
    const schemas = onDemand(async () => {
      const { Schemas } = await import('../schemas/schemas');
      const registries = await services.registries();
      return new Schemas({ connections, registries, tree: services.tree, workspaceState });
    });
    const messageActions = new MessageActions(documents, (picked) => kafkaFiles.openBlocks(picked));
    const workers = {
      targets,
      opener,
      followed,
      producer,
      consumer,
      kafkaFiles,
      messageActions,
      viewers,
    };
    this.table = commandTable({
      ...services,
      ...workers,
      loadTransfers: transfers.get,
      loadAdministration: administration.get,
      loadSchemas: schemas.get,
      loadManager: manager.get,
    });
    this.kafkaFiles = kafkaFiles;
    this.viewers = viewers;
    this.loadAdministration = administration.get;
    this.loadSchemas = schemas.get;
    this.openLink = (uri) => openLink(uri, { clusters: services.clusters, opener, viewers });
    this.#owned = vscode.Disposable.from(
      decoding,
      viewers,
      followed,
      producer,
      kafkaFiles,
      fileSchemas,
      transfers,
      administration,
      schemas,
    );
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
